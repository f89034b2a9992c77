export interface Ticket {
  id: string;
  summary: string;
  status: string;
  assignee: string | null;
  labels: string[];
  updated: Date;
}

export interface TicketFilter {
  projectKey: string;
  limit: number;
  labels: string[];
}

export enum TicketStage {
  Open = 'open',
  Waiting = 'waiting',
  Closed = 'closed',
}

const LIMIT = 200;
const KEY = /^[A-Z][A-Z0-9]{1,9}$/;
const CLOSED = new Set(['Done', 'Closed', 'Resolved']);

export function parseTicket(input: any): Ticket {
  const labels = Array.isArray(input?.labels) ? input.labels.map(String) : [];
  return {
    id: String(input?.id ?? ''),
    summary: String(input?.summary ?? '').trim(),
    status: input?.status ?? TicketStage.Open,
    assignee: typeof input?.assignee === 'string' ? input.assignee : null,
    labels: [...new Set<string>(labels)],
    updated: new Date(input?.updated ?? Date.now()),
  };
}

export function parseTicketFilter(input: any): TicketFilter {
  const projectKey = String(input?.projectKey ?? '');
  if (!KEY.test(projectKey)) {
    throw new TypeError('this is no key of a project');
  }
  return { projectKey, limit: Math.min(Number(input?.limit) || LIMIT, LIMIT), labels: input?.labels ?? [] };
}

export function isOpen(ticket: Ticket): boolean {
  return !CLOSED.has(ticket.status);
}

export function score(ticket: Ticket, accountId: string): number {
  let total = ticket.assignee === accountId ? 10 : 0;
  for (const label of ticket.labels) {
    switch (label) {
      case 'urgent':
        total += 5;
        break;
      case 'later':
        total -= 5;
        break;
      default:
        total += 1;
    }
  }
  return total - (Date.now() - ticket.updated.getTime()) / 86_400_000;
}

export function byStage(tickets: Ticket[]): Record<TicketStage, Ticket[]> {
  const stages: Record<TicketStage, Ticket[]> = { open: [], waiting: [], closed: [] };
  for (const ticket of tickets) {
    const stage = !isOpen(ticket) ? TicketStage.Closed : ticket.assignee ? TicketStage.Open : TicketStage.Waiting;
    stages[stage].push(ticket);
  }
  return stages;
}
