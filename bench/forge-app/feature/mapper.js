const NAMES = { summary: 'Summary', status: 'Status', assignee: 'Assignee', labels: 'Labels' };

const DAY = 86_400_000;

function ageOf(date) {
  const days = Math.floor((Date.now() - date.getTime()) / DAY);
  if (days < 1) {
    return 'today';
  }
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

export function toTicketView(ticket) {
  const { id, summary, status, assignee, labels, updated } = ticket;
  return {
    id,
    title: `${id}: ${summary}`,
    status: status.toLowerCase(),
    assignee: assignee ?? 'nobody',
    labels: labels.map((label) => label.replace(/[_-]/g, ' ')),
    age: ageOf(updated),
  };
}

export function toTicketFields(ticket) {
  const fields = {};
  if (ticket.summary) {
    fields.summary = ticket.summary;
  }
  if (ticket.assignee) {
    fields.assignee = { accountId: ticket.assignee };
  }
  if (ticket.labels.length > 0) {
    fields.labels = ticket.labels.map((label) => label.replace(/\s+/g, '_'));
  }
  return fields;
}

export function differences(before, after) {
  const found = [];
  for (const [name, title] of Object.entries(NAMES)) {
    const [left, right] = [before[name], after[name]];
    if (JSON.stringify(left) !== JSON.stringify(right)) {
      found.push({ title, before: left, after: right });
    }
  }
  return found;
}

export const toLines = (tickets) => tickets.map((ticket) => {
  const view = toTicketView(ticket);
  return [view.id, view.title, view.status, view.assignee, view.labels.join(' ')].map(quoted).join(',');
});

function quoted(text) {
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export default class TicketTable {
  constructor(tickets) {
    this.rows = tickets.map(toTicketView);
  }

  *[Symbol.iterator]() {
    for (const row of this.rows) {
      yield Object.values(row).join('\t');
    }
  }

  get length() {
    return this.rows.length;
  }

  toString() {
    return [...this].join('\n');
  }
}
