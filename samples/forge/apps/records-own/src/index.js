import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';
import sql from '@forge/sql';

const resolver = new Resolver();

resolver.define('find', async ({ payload, context }) => {
  const query = 'SELECT id, day, hours, note FROM sheets WHERE owner = ? AND note LIKE ?';
  const { rows } = await sql.prepare(query).bindParams(context.accountId, `%${payload.text}%`).execute();
  return rows;
});

resolver.define('delete', ({ payload, context }) =>
  sql.prepare('DELETE FROM sheets WHERE id = ? AND owner = ?').bindParams(payload.id, context.accountId).execute(),
);

resolver.define('draft', ({ context }) => kvs.get(`draft-${context.accountId}`));

resolver.define('keep', ({ payload, context }) => kvs.set(`draft-${context.accountId}`, payload.draft));

export const handler = resolver.getDefinitions();
