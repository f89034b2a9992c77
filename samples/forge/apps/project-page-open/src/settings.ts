import { kvs } from '@forge/kvs';
import type { Settings } from './types';

const KEY = 'settings';

export class SettingsService {
  async read(): Promise<Settings> {
    return ((await kvs.get(KEY)) as Settings | undefined) ?? { heading: 'Releases', columns: { open: {}, done: {} } };
  }

  async setColumn(section: string, name: string, value: string): Promise<Settings> {
    const settings = await this.read();
    settings.columns[section][name] = value;
    await kvs.set(KEY, settings);
    return settings;
  }
}
