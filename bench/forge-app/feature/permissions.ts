import api, { authorize, route } from '@forge/api';
import { Cache } from '../../core/cache';
import { ForbiddenError } from '../../core/errors';
import { mayDo } from '../../core/http';
import { loadTicketSettings } from './repository';

const ADMINISTER = 'ADMINISTER';

export async function canEditTicket(issueKey: string): Promise<boolean> {
  if (typeof issueKey !== 'string' || issueKey.length === 0) {
    return false;
  }
  return mayDo(issueKey, 'EDIT_ISSUES');
}

export async function assertCanEditTicket(issueKey: string): Promise<void> {
  const allowed = await canEditTicket(issueKey);
  if (!allowed) {
    throw new ForbiddenError('edit this issue');
  }
}

export async function canDeleteTicket(issueKey: string): Promise<boolean> {
  return authorize().onJiraIssue(issueKey).canDelete();
}

async function isSiteAdmin(): Promise<boolean> {
  const response = await api.asUser().requestJira(route`/rest/api/3/mypermissions?permissions=${ADMINISTER}`);
  if (response.status !== 200) {
    return false;
  }
  const body = await response.json();
  return Boolean(body.permissions[ADMINISTER].havePermission);
}

async function isListed(accountId: string): Promise<boolean> {
  const settings = await loadTicketSettings();
  return settings.administrators.includes(accountId);
}

export async function isTicketAdmin(accountId: string): Promise<boolean> {
  if (await isSiteAdmin()) {
    return true;
  }
  return isListed(accountId);
}

export async function assertIsTicketAdmin(accountId: string): Promise<void> {
  if (!(await isTicketAdmin(accountId))) {
    throw new ForbiddenError('change the settings');
  }
}

const groups = new Cache(async (accountId: string) => {
  const response = await api.asUser().requestJira(route`/rest/api/3/user/groups?accountId=${accountId}`);
  const list = await response.json();
  return list.map((group: { name: string }) => group.name);
});

export async function isInTicketGroup(accountId: string, name: string): Promise<boolean> {
  const names = await groups.get(accountId);
  return names.includes(name);
}

export function withTicketPermission<T>(work: (issueKey: string) => Promise<T>) {
  return async (issueKey: string): Promise<T> => {
    await assertCanEditTicket(issueKey);
    return work(issueKey);
  };
}
