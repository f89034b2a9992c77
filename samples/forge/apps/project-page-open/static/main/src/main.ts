import { invoke, view } from '@forge/bridge';

interface Release {
  id: string;
  name: string;
  notes: string;
}

async function show(): Promise<void> {
  const { extension } = await view.getContext();
  const { heading } = await invoke<{ heading: string }>('settings');
  document.getElementById('heading')!.textContent = heading;

  const releases = await invoke<Release[]>('releases', { projectKey: extension.project.key });
  const list = document.getElementById('releases')!;
  list.innerHTML = releases.map((release) => `<li><b>${release.name}</b><p>${release.notes}</p></li>`).join('');
}

void show();
