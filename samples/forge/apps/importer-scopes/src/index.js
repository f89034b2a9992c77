import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';
import { readGroups } from './groups';

const resolver = new Resolver();

resolver.define('groups', () => kvs.get('groups'));

export const handler = resolver.getDefinitions();

export async function daily() {
  await kvs.set('groups', await readGroups());
}
