import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';

const definitions = new Resolver();
definitions.define('notes', () => kvs.get('notes'));

export const resolver = definitions.getDefinitions();

export async function onBuild(request) {
  const { version } = JSON.parse(request.body);
  await kvs.set('build', version);
  return { statusCode: 200, body: JSON.stringify({ notes: await kvs.get('notes') }) };
}
