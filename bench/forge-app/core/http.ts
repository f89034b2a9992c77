import api, { route, Route } from '@forge/api';
import { log } from './log';
import { AppError } from './errors';

export interface Reply<T> {
  ok: boolean;
  status: number;
  body: T | null;
}

export type Account = 'app' | 'user';

const ATTEMPTS = 3;

function clientOf(account: Account) {
  return account === 'app' ? api.asApp() : api.asUser();
}

async function send<T>(account: Account, path: Route, options: Record<string, unknown>): Promise<Reply<T>> {
  let attempt = 0;
  while (true) {
    const response = await clientOf(account).requestJira(path, options);
    if (response.status === 429 && attempt < ATTEMPTS) {
      attempt += 1;
      log('warn', 'asked too often', { attempt });
      continue;
    }
    const body = response.status === 204 ? null : ((await response.json()) as T);
    return { ok: response.ok, status: response.status, body };
  }
}

export async function getJson<T>(account: Account, path: Route): Promise<T> {
  const reply = await send<T>(account, path, { headers: { Accept: 'application/json' } });
  if (!reply.ok || reply.body === null) {
    throw new AppError('NOT_READ', `the product answered ${reply.status}`);
  }
  return reply.body;
}

export async function putJson(account: Account, path: Route, data: unknown): Promise<boolean> {
  const reply = await send<unknown>(account, path, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(data),
  });
  return reply.ok;
}

export async function postJson<T>(account: Account, path: Route, data: unknown): Promise<T | null> {
  const reply = await send<T>(account, path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(data),
  });
  return reply.ok ? reply.body : null;
}

export async function remove(account: Account, path: Route): Promise<boolean> {
  const reply = await send<unknown>(account, path, { method: 'DELETE' });
  return reply.ok;
}

export async function mayDo(issueKey: string, permission: string): Promise<boolean> {
  const response = await api
    .asUser()
    .requestJira(route`/rest/api/3/mypermissions?issueKey=${issueKey}&permissions=${permission}`);
  if (!response.ok) {
    return false;
  }
  const { permissions } = await response.json();
  return permissions[permission]?.havePermission === true;
}
