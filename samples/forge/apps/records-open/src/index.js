import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';
import sql from '@forge/sql';

const resolver = new Resolver();

resolver.define('find', async ({ payload, context }) => {
  const query = `SELECT id, day, hours, note FROM sheets WHERE owner = '${context.accountId}' AND note LIKE '%${payload.text}%'`;
  const { rows } = await sql.prepare(query).execute();
  return rows;
});

resolver.define('delete', ({ payload }) => sql.prepare('DELETE FROM sheets WHERE id = ?').bindParams(payload.id).execute());

resolver.define('draft', ({ payload }) => kvs.get(`draft-${payload.accountId}`));

resolver.define('keep', ({ payload }) => kvs.set(`draft-${payload.accountId}`, payload.draft));

export const handler = resolver.getDefinitions();
