import Resolver from '@forge/resolver';
import { ReleaseService } from './releases';
import { SettingsService } from './settings';
import type { Call } from './types';

const releases = new ReleaseService();
const settings = new SettingsService();
const resolver = new Resolver();

resolver.define('releases', ({ context }: Call<object>) => releases.list(context.extension.project.key));

resolver.define('rename', ({ payload }: Call<{ id: string; name: string }>) => releases.rename(payload.id, payload.name));

resolver.define('settings', () => settings.read());

export const handler = resolver.getDefinitions();
