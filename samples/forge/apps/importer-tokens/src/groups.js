import { fetch } from '@forge/api';

export async function readGroups({ site, email, apiToken }) {
  const token = Buffer.from(`${email}:${apiToken}`).toString('base64');
  const response = await fetch(`https://${site}.atlassian.net/rest/api/3/groups/picker`, {
    headers: { Authorization: `Basic ${token}` },
  });
  if (!response.ok) {
    console.error('import failed', response.status, { site, email, apiToken });
    return [];
  }
  const { groups } = await response.json();
  return groups.map((group) => group.name);
}
