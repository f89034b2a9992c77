import { storage, WhereConditions } from '@forge/api';
import { kvs } from '@forge/kvs';
import type { Ticket } from './model';

const SETTINGS = 'ticket-settings';
const AUDIT = 'ticket-audit';
const KEPT = 100;

export interface TicketSettings {
  administrators: string[];
  projects: string[];
  isEnabled: boolean;
}

const DEFAULTS: TicketSettings = { administrators: [], projects: [], isEnabled: false };

export async function loadTicketSettings(): Promise<TicketSettings> {
  const settings = await storage.get(SETTINGS);
  return { ...DEFAULTS, ...settings };
}

export async function saveTicketSettings(settings: TicketSettings): Promise<TicketSettings> {
  const merged = { ...DEFAULTS, ...settings };
  await storage.set(SETTINGS, merged);
  return merged;
}

function draftKey(accountId: string, id: string): string {
  return `ticket-draft-${accountId}-${id}`;
}

export async function listTicketDrafts(accountId: string): Promise<Ticket[]> {
  const drafts: Ticket[] = [];
  let cursor: string | undefined;
  do {
    let query = storage.query().where('key', WhereConditions.beginsWith(`ticket-draft-${accountId}-`)).limit(20);
    if (cursor) {
      query = query.cursor(cursor);
    }
    const page = await query.getMany();
    drafts.push(...page.results.map((result: { value: Ticket }) => result.value));
    cursor = page.nextCursor;
  } while (cursor);
  return drafts;
}

export async function saveTicketDraft(accountId: string, draft: Ticket): Promise<void> {
  await kvs.set(draftKey(accountId, draft.id), draft);
}

export async function deleteTicketDraft(accountId: string, id: string): Promise<void> {
  await kvs.delete(draftKey(accountId, id));
}

export async function writeTicketAudit(issueKey: string, action: string): Promise<void> {
  const lines = (await storage.get(AUDIT)) ?? [];
  lines.push({ issueKey, action, at: Date.now() });
  await storage.set(AUDIT, lines.slice(-KEPT));
}

export async function ticketHookSecret(): Promise<string> {
  return storage.getSecret('ticket-hook');
}

export async function countTicket(name: string): Promise<number> {
  const count = ((await kvs.get(`ticket-count-${name}`)) as number) ?? 0;
  await kvs.set(`ticket-count-${name}`, count + 1);
  return count + 1;
}
