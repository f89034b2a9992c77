import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';

const resolver = new Resolver();

resolver.define('save', ({ payload }) => kvs.set('export', { url: payload.url, password: payload.password }));

export const handler = resolver.getDefinitions();
