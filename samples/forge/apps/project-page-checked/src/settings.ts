import { kvs } from '@forge/kvs';
import type { Settings } from './types';

const KEY = 'settings';
const SECTIONS = ['open', 'done'];

export class SettingsService {
  async read(): Promise<Settings> {
    return ((await kvs.get(KEY)) as Settings | undefined) ?? { heading: 'Releases', columns: { open: {}, done: {} } };
  }

  async setColumn(section: string, name: string, value: string): Promise<Settings> {
    if (!SECTIONS.includes(section)) {
      throw new Error('unknown section');
    }
    const settings = await this.read();
    settings.columns[section][name] = value;
    await kvs.set(KEY, settings);
    return settings;
  }
}
