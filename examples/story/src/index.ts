export type { IssuerProcess } from './issuer-process.js';
export type { Line } from './play.js';
export { tellStory } from './tell-story.js';
export { challenge, later, says, type Told } from './told.js';
