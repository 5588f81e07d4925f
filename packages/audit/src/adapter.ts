// For the adapters of this suite. Not covered by semver: it changes with them.

export { describeAuth } from './describe/describe-caller.js';
export { type AnsweredRequest, describeRequest } from './describe/describe-request.js';
export { requestIdsIn } from './describe/request-ids.js';
export { requireAuditTrail } from './trail/current-trail.js';
