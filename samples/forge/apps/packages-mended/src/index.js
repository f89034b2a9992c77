import Resolver from '@forge/resolver';
import minimist from 'minimist';
import satisfies from 'semver/functions/satisfies';

const resolver = new Resolver();

resolver.define('options', ({ payload }) => {
  const options = minimist(String(payload.line).split(' '));
  return { verbose: options.verbose === true, isCurrent: satisfies(String(options.release), '>=7') };
});

export const handler = resolver.getDefinitions();
