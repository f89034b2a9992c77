import { fetch } from '@forge/api';

export async function readRunbook({ runbook }) {
  const response = await fetch(runbook);
  return response.text();
}
