import Resolver from '@forge/resolver';
import { SettingsService } from './settings';
import type { Call } from './types';

const settings = new SettingsService();
const resolver = new Resolver();

resolver.define('settings', () => settings.read());

resolver.define('set-column', ({ payload }: Call<{ section: string; name: string; value: string }>) =>
  settings.setColumn(payload.section, payload.name, payload.value),
);

export const handler = resolver.getDefinitions();
