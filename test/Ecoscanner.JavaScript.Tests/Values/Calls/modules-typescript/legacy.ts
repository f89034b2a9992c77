const legacy = { run(): number { return 0; } };
export = legacy;
