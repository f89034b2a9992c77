import { fetch } from '@forge/api';

const RUNBOOKS = 'https://runbooks.example.com';

export async function readRunbook({ runbook }) {
  const response = await fetch(`${RUNBOOKS}/${encodeURIComponent(runbook)}.md`);
  return response.text();
}
