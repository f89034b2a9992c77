import { route } from '@forge/api';
import { Account, getJson, postJson, putJson, remove } from '../../core/http';
import type { Ticket } from './model';

interface SearchPage {
  issues: { key: string; fields: Record<string, any> }[];
  total: number;
}

const FIELDS = 'summary,status,assignee,labels,updated';

// All that this part of the app asks of Jira.
export class TicketClient {
  private readonly account: Account;

  constructor(account: Account) {
    this.account = account;
  }

  async fetch(issueKey: string): Promise<Ticket> {
    const issue = await getJson<any>(this.account, route`/rest/api/3/issue/${issueKey}?fields=${FIELDS}`);
    return this.ticketOf(issue);
  }

  async search(projectKey: string, start: number, count: number): Promise<Ticket[]> {
    const jql = `project = "${projectKey}" ORDER BY updated DESC`;
    const page = await getJson<SearchPage>(
      this.account,
      route`/rest/api/3/search?jql=${jql}&startAt=${start}&maxResults=${count}`,
    );
    return page.issues.map((issue) => this.ticketOf(issue));
  }

  async save(issueKey: string, fields: Record<string, unknown>): Promise<boolean> {
    return putJson(this.account, route`/rest/api/3/issue/${issueKey}`, { fields });
  }

  async comment(issueKey: string, text: string) {
    const body = {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
    };
    return postJson<{ id: string }>(this.account, route`/rest/api/3/issue/${issueKey}/comment`, { body });
  }

  async link(issueKey: string, other: string) {
    return postJson(this.account, route`/rest/api/3/issueLink`, {
      type: { name: 'Relates' },
      inwardIssue: { key: issueKey },
      outwardIssue: { key: other },
    });
  }

  async delete(issueKey: string): Promise<boolean> {
    return remove(this.account, route`/rest/api/3/issue/${issueKey}`);
  }

  async readProperty(issueKey: string) {
    return getJson<any>(this.account, route`/rest/api/3/issue/${issueKey}/properties/ticket`);
  }

  async saveProperty(issueKey: string, value: unknown): Promise<boolean> {
    return putJson(this.account, route`/rest/api/3/issue/${issueKey}/properties/ticket`, value);
  }

  private ticketOf(issue: { key: string; fields: Record<string, any> }): Ticket {
    const { summary, status, assignee, labels, updated } = issue.fields;
    return {
      id: issue.key,
      summary,
      status: status?.name ?? 'unknown',
      assignee: assignee?.accountId ?? null,
      labels: labels ?? [],
      updated: new Date(updated),
    };
  }
}
