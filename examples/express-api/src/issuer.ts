import { runIssuer } from 'story/issuer';
import { clients } from './demo/clients.js';

await runIssuer(Object.values(clients));
