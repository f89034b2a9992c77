import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';

const resolver = new Resolver();

resolver.define('save', async ({ payload }) => {
  await kvs.set('export', { url: payload.url });
  await kvs.setSecret('export-password', payload.password);
});

export const handler = resolver.getDefinitions();
