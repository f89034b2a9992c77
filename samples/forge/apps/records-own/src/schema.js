import { migrationRunner } from '@forge/sql';

export const create = () =>
  migrationRunner
    .enqueue('v001', 'CREATE TABLE IF NOT EXISTS sheets (id VARCHAR(40) PRIMARY KEY, owner VARCHAR(128), day DATE, hours DECIMAL(4,2), note TEXT)')
    .run();
