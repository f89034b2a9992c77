import { invoke } from '@forge/bridge';

interface Release {
  id: string;
  name: string;
  notes: string;
}

function row(release: Release): HTMLLIElement {
  const item = document.createElement('li');
  const name = document.createElement('b');
  const notes = document.createElement('p');
  name.textContent = release.name;
  notes.textContent = release.notes;
  item.append(name, notes);
  return item;
}

async function show(): Promise<void> {
  const { heading } = await invoke<{ heading: string }>('settings');
  document.getElementById('heading')!.textContent = heading;

  const releases = await invoke<Release[]>('releases');
  document.getElementById('releases')!.replaceChildren(...releases.map(row));
}

void show();
