import { Cache } from '../../core/cache';
import { assert } from '../../core/errors';
import { log } from '../../core/log';
import { TicketClient } from './client';
import { toTicketView, toTicketFields } from './mapper';
import { Ticket, TicketFilter, isOpen, score } from './model';
import { deleteTicketDraft, listTicketDrafts, saveTicketDraft, writeTicketAudit } from './repository';

const PAGE = 50;

export class TicketService {
  private readonly client = new TicketClient('app');
  private readonly reader = new TicketClient('user');
  private readonly cache = new Cache((key: string) => this.reader.fetch(key));

  async list(accountId: string, filter: TicketFilter) {
    const found: Ticket[] = [];
    for (let start = 0; found.length < filter.limit; start += PAGE) {
      const page = await this.reader.search(filter.projectKey, start, PAGE);
      found.push(...page);
      if (page.length < PAGE) {
        break;
      }
    }
    return found
      .filter(isOpen)
      .sort((left, right) => score(right, accountId) - score(left, accountId))
      .map(toTicketView);
  }

  async read(issueKey: string) {
    const ticket = await this.cache.get(issueKey);
    assert(ticket, 'NOT_FOUND', 'there is no such issue');
    return toTicketView(ticket);
  }

  async update(issueKey: string, ticket: Ticket) {
    const fields = toTicketFields(ticket);
    const done = await this.client.save(issueKey, fields);
    this.cache.forget(issueKey);
    await writeTicketAudit(issueKey, 'update');
    return { done };
  }

  async comment(issueKey: string, text: string) {
    const created = await this.client.comment(issueKey, text);
    log('info', 'a comment was written', { issueKey });
    return created;
  }

  async link(issueKey: string, other: string) {
    assert(issueKey !== other, 'SAME', 'an issue is not linked with itself');
    return this.client.link(issueKey, other);
  }

  async remove(issueKey: string) {
    const done = await this.client.delete(issueKey);
    if (done) {
      await writeTicketAudit(issueKey, 'remove');
    }
    return { done };
  }

  async archive(issueKey: string) {
    return this.client.save(issueKey, { labels: ['archived'] });
  }

  drafts(accountId: string) {
    return listTicketDrafts(accountId);
  }

  async saveDraft(accountId: string, draft: Ticket) {
    if (draft.summary === '') {
      return deleteTicketDraft(accountId, draft.id);
    }
    return saveTicketDraft(accountId, draft);
  }
}
