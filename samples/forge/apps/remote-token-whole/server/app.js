import express from 'express';
import { callerOf } from './token.js';

const app = express();
app.use(express.json());

app.use(async (request, response, next) => {
  try {
    request.caller = await callerOf(request.headers.authorization ?? '');
    next();
  } catch {
    response.sendStatus(401);
  }
});

app.post('/forecast', (request, response) => {
  response.json({ days: 3, site: request.caller.app.installationId });
});

app.listen(process.env.PORT);
