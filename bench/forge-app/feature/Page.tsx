import React, { useCallback, useEffect, useMemo, useState } from 'react';
import { invoke, view } from '@forge/bridge';

interface TicketView {
  id: string;
  title: string;
  status: string;
  assignee: string;
  labels: string[];
  age: string;
}

function useTickets(projectKey: string) {
  const [tickets, setTickets] = useState<TicketView[]>([]);
  const [error, setError] = useState<string | null>(null);
  const load = useCallback(async () => {
    const answer: any = await invoke('ticket.list', { filter: { projectKey, limit: 50 } });
    if (answer.error) {
      setError(answer.message);
    } else {
      setTickets(answer);
    }
  }, [projectKey]);
  useEffect(() => {
    load();
  }, [load]);
  return { tickets, error, load };
}

const Row = ({ ticket, onOpen }: { ticket: TicketView; onOpen: (id: string) => void }) => (
  <tr onClick={() => onOpen(ticket.id)}>
    <td>{ticket.title}</td>
    <td>{ticket.status}</td>
    <td>{ticket.assignee}</td>
    <td>{ticket.labels.join(', ')}</td>
    <td>{ticket.age}</td>
  </tr>
);

export function TicketPage({ projectKey }: { projectKey: string }) {
  const { tickets, error, load } = useTickets(projectKey);
  const [opened, setOpened] = useState<string | null>(null);
  const [text, setText] = useState('');
  const open = useMemo(() => tickets.find((ticket) => ticket.id === opened), [tickets, opened]);

  const send = async (event: React.FormEvent) => {
    event.preventDefault();
    await invoke('ticket.comment', { issueKey: opened, text });
    setText('');
    await load();
  };

  if (error) {
    return <p className="error">{error}</p>;
  }

  return (
    <section>
      <h1>Tickets</h1>
      <table>
        <tbody>
          {tickets.map((ticket) => (
            <Row key={ticket.id} ticket={ticket} onOpen={setOpened} />
          ))}
        </tbody>
      </table>
      {open && (
        <form onSubmit={send}>
          <h2>{open.title}</h2>
          <textarea value={text} onChange={(event) => setText(event.target.value)} />
          <button type="submit">Send</button>
          <button type="button" onClick={() => view.close()}>Close</button>
        </form>
      )}
    </section>
  );
}
