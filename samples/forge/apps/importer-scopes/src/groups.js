import api, { route } from '@forge/api';

export async function readGroups() {
  const response = await api.asApp().requestJira(route`/rest/api/3/groups/picker`);
  if (!response.ok) {
    console.error('import failed', response.status);
    return [];
  }
  const { groups } = await response.json();
  return groups.map((group) => group.name);
}
