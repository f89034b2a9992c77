import { fetch } from '@forge/api';
import { Queue } from '@forge/events';
import { log } from '../../core/log';
import { TicketClient } from './client';
import { toLines } from './mapper';
import { byStage } from './model';
import { countTicket, loadTicketSettings, ticketHookSecret, writeTicketAudit } from './repository';

const queue = new Queue({ key: 'jobs' });
const PAGE = 100;

export async function startTicketExport(projectKey: string, accountId: string) {
  const id = await queue.push({ kind: 'ticket-export', projectKey, accountId });
  await countTicket('exports');
  return { id };
}

async function exported(projectKey: string): Promise<string> {
  const client = new TicketClient('app');
  const lines: string[] = [];
  for (let start = 0; ; start += PAGE) {
    const page = await client.search(projectKey, start, PAGE);
    lines.push(...toLines(page));
    if (page.length < PAGE) {
      return lines.join('\n');
    }
  }
}

async function deliver(text: string): Promise<boolean> {
  const secret = await ticketHookSecret();
  const response = await fetch('https://hooks.example.com/ticket', {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'text/csv' },
    body: text,
  });
  return response.ok;
}

export async function runTicketJob(job: { kind: string; projectKey: string; accountId: string }) {
  if (job.kind !== 'ticket-export') {
    return;
  }
  const text = await exported(job.projectKey);
  const isDelivered = await deliver(text);
  log(isDelivered ? 'info' : 'error', 'an export was made', { project: job.projectKey });
  await writeTicketAudit(job.projectKey, 'export');
}

export async function onTicketUpdated(event: { issue: { key: string } }) {
  const settings = await loadTicketSettings();
  const [project] = event.issue.key.split('-');
  if (!settings.isEnabled || !settings.projects.includes(project)) {
    return;
  }
  const client = new TicketClient('app');
  const known = await client.readProperty(event.issue.key);
  await client.saveProperty(event.issue.key, { ...known.value, seen: Date.now() });
}

export async function nightlyTicketReport() {
  const settings = await loadTicketSettings();
  const client = new TicketClient('app');
  for (const project of settings.projects) {
    const stages = byStage(await client.search(project, 0, PAGE));
    log('info', 'a report was made', { project, open: stages.open.length, closed: stages.closed.length });
  }
}

export async function onTicketHook(body: { project: string; issueKey: string }) {
  const secret = await ticketHookSecret();
  return secret ? { received: body.issueKey } : null;
}
