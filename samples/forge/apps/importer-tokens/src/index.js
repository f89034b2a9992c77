import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';
import { readGroups } from './groups';

const resolver = new Resolver();

resolver.define('connect', async ({ payload }) => {
  await kvs.set('account', { site: payload.site, email: payload.email, apiToken: payload.apiToken });
});

resolver.define('groups', () => kvs.get('groups'));

export const handler = resolver.getDefinitions();

export async function daily() {
  const account = await kvs.get('account');
  if (account) {
    await kvs.set('groups', await readGroups(account));
  }
}
