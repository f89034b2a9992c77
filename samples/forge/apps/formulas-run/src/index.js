import Resolver from '@forge/resolver';
import { calculate } from './calculate';
import { draw } from './draw';

const resolver = new Resolver();

resolver.define('result', ({ payload }) => calculate(payload.formula, payload.values));

resolver.define('image', ({ payload }) => draw(payload.formula, payload.size));

export const handler = resolver.getDefinitions();
