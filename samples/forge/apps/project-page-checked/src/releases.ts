import { JiraClient } from './jira-client';
import type { Release } from './types';

export class ReleaseService {
  private readonly jira = new JiraClient();

  async list(projectKey: string): Promise<Release[]> {
    const versions = await this.jira.versions(projectKey);
    return versions.map(({ id, name, description }) => ({ id, name, notes: description ?? '' }));
  }

  async rename(id: string, name: string): Promise<void> {
    await this.jira.changeVersion(id, { name });
  }
}
