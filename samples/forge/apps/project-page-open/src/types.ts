export interface Release {
  id: string;
  name: string;
  notes: string;
}

export interface Settings {
  heading: string;
  columns: { [section: string]: { [name: string]: string } };
}

export interface Call<T> {
  payload: T;
  context: { accountId: string; extension: { project: { id: string; key: string } } };
}
