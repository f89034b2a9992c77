import api, { route } from '@forge/api';

interface Version {
  id: string;
  name: string;
  description?: string;
}

export class JiraClient {
  async versions(projectKey: string): Promise<Version[]> {
    const response = await api.asApp().requestJira(route`/rest/api/3/project/${projectKey}/versions`);
    return response.json();
  }

  async changeVersion(id: string, change: Partial<Version>): Promise<void> {
    await api.asApp().requestJira(route`/rest/api/3/version/${id}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(change),
    });
  }
}
