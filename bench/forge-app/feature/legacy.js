// Nothing loads this any more.
import api, { route, storage } from '@forge/api';

const OLD = 'ticket-old';

export async function migrateTicket(from, to) {
  const data = await storage.get(`${OLD}-${from}`);
  if (!data) {
    return false;
  }
  await storage.set(`${OLD}-${to}`, { ...data, migrated: true });
  await storage.delete(`${OLD}-${from}`);
  return true;
}

export async function closeOldTickets(keys) {
  const results = [];
  for (const key of keys) {
    const response = await api.asApp().requestJira(route`/rest/api/2/issue/${key}/transitions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ transition: { id: '31' } }),
    });
    results.push({ key, ok: response.ok });
  }
  return results;
}

export function groupOldTickets(tickets) {
  return tickets.reduce((groups, ticket) => {
    const name = ticket.fields.status.name;
    (groups[name] = groups[name] || []).push(ticket);
    return groups;
  }, {});
}

export async function readOldTicket(key) {
  const response = await api.asUser().requestJira(route`/rest/api/2/issue/${key}`);
  const issue = await response.json();
  return {
    key: issue.key,
    name: issue.fields.summary,
    people: [issue.fields.assignee, issue.fields.reporter].filter(Boolean).map((person) => person.displayName),
  };
}

export const oldTicketCommands = {
  migrate: migrateTicket,
  close: closeOldTickets,
  read: readOldTicket,
  async all(keys) {
    const pages = await Promise.all(keys.map((key) => this.read(key)));
    return groupOldTickets(pages);
  },
};
