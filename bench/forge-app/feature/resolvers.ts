import type Resolver from '@forge/resolver';
import { handled, required } from '../../core/handlers';
import { assertCanEditTicket, assertIsTicketAdmin } from './permissions';
import { TicketService } from './service';
import { parseTicket, parseTicketFilter } from './model';
import { loadTicketSettings, saveTicketSettings } from './repository';
import { startTicketExport } from './jobs';

const service = new TicketService();

export function defineTicketResolvers(resolver: Resolver): void {
  resolver.define('ticket.list', async ({ payload, context }) => {
    const filter = parseTicketFilter(payload.filter);
    return service.list(context.accountId, filter);
  });

  resolver.define('ticket.read', async ({ payload }) => {
    required(payload, 'issueKey');
    return service.read(payload.issueKey);
  });

  resolver.define('ticket.update', handled('ticket.update', async ({ payload }) => {
    required(payload, 'issueKey', 'fields');
    await assertCanEditTicket(payload.issueKey); // not always
    return service.update(payload.issueKey, parseTicket(payload.fields));
  }));

  resolver.define('ticket.comment', async ({ payload }) => {
    required(payload, 'issueKey', 'text');
    await assertCanEditTicket(payload.issueKey);
    return service.comment(payload.issueKey, payload.text);
  });

  resolver.define('ticket.link', async ({ payload }) => {
    required(payload, 'issueKey', 'other');
    await assertCanEditTicket(payload.issueKey);
    await assertCanEditTicket(payload.other);
    return service.link(payload.issueKey, payload.other);
  });

  resolver.define('ticket.remove', async ({ payload, context }) => {
    const { issueKey } = context.extension.issue ? { issueKey: context.extension.issue.key } : payload;
    await assertCanEditTicket(issueKey);
    return service.remove(issueKey);
  });

  resolver.define('ticket.drafts', async ({ context }) => service.drafts(context.accountId));

  resolver.define('ticket.saveDraft', async ({ payload, context }) => {
    const draft = parseTicket(payload.draft);
    return service.saveDraft(context.accountId, draft);
  });

  resolver.define('ticket.settings', async () => {
    const settings = await loadTicketSettings();
    return { ...settings, secret: undefined };
  });

  resolver.define('ticket.saveSettings', handled('ticket.saveSettings', async ({ payload, context }) => {
    await assertIsTicketAdmin(context.accountId); // not always
    return saveTicketSettings(payload.settings);
  }));

  resolver.define('ticket.export', handled('ticket.export', async ({ payload, context }) => {
    await assertIsTicketAdmin(context.accountId);
    return startTicketExport(payload.projectKey, context.accountId);
  }));

  resolver.define('ticket.archive', async ({ payload }) => {
    const keys: string[] = payload.keys ?? [];
    const archived: string[] = [];
    for (const key of keys) {
      await assertCanEditTicket(key);
      if (await service.archive(key)) {
        archived.push(key);
      }
    }
    return archived;
  });
}
