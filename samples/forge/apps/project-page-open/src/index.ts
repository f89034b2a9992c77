import Resolver from '@forge/resolver';
import { ReleaseService } from './releases';
import { SettingsService } from './settings';
import type { Call } from './types';

const releases = new ReleaseService();
const settings = new SettingsService();
const resolver = new Resolver();

resolver.define('releases', ({ payload }: Call<{ projectKey: string }>) => releases.list(payload.projectKey));

resolver.define('rename', ({ payload }: Call<{ id: string; name: string }>) => releases.rename(payload.id, payload.name));

resolver.define('settings', () => settings.read());

resolver.define('set-column', ({ payload }: Call<{ section: string; name: string; value: string }>) =>
  settings.setColumn(payload.section, payload.name, payload.value),
);

export const handler = resolver.getDefinitions();
