export { AuthorizationServerProcess, otherResource } from './authorization-server-process.js';
export { IssuerProcess } from './issuer-process.js';
export { type KeptBody, keepBody, ownRowsOf } from './kept-body.js';
export type { Line } from './play.js';
export { requestToken } from './story-issuer.js';
export { tellStory } from './tell-story.js';
export { challenge, later, says, type Told } from './told.js';
