import { type Answer, jsonOf } from './answer.js';

/** A text of the request that its answer may repeat, and the placeholder to read in its place. */
export type Echo = readonly [text: string, placeholder: string];

/** Headers about time, origin or speed, which say nothing about the object requested. */
const volatileHeader =
  /^(date|age|connection|keep-alive|content-length|etag|server-timing|traceparent|x-response-time|.*request-id|.*correlation-id|(x-)?ratelimit.*|retry-after)$/;

/** Breaks an answer down into single facts, so that two answers can be compared fact by fact. */
export function featuresOf(answer: Answer, echoes: readonly Echo[] = []): ReadonlyMap<string, string> {
  const features = new Map([['status', String(answer.status)]]);
  for (const [name, value] of answer.headers) {
    if (volatileHeader.test(name)) continue;
    const before = features.get(`header ${name}`);
    features.set(`header ${name}`, `${before === undefined ? '' : `${before}, `}${mask(value, echoes)}`);
  }
  const json = jsonOf(answer);
  if (json !== undefined) addLeaves(features, 'body', json, echoes);
  else
    for (const [at, line] of answer.body.split('\n').entries()) features.set(`body line ${at + 1}`, mask(line, echoes));
  return features;
}

function addLeaves(features: Map<string, string>, path: string, value: unknown, echoes: readonly Echo[]): void {
  if (typeof value !== 'object' || value === null) {
    features.set(path, `${typeof value} ${mask(String(value), echoes)}`);
    return;
  }
  // The order of members is part of the bytes, and so is an empty object.
  features.set(`keys of ${path}`, Array.isArray(value) ? String(value.length) : Object.keys(value).join(','));
  for (const [name, member] of Object.entries(value)) addLeaves(features, `${path}.${name}`, member, echoes);
}

function mask(text: string, echoes: readonly Echo[]): string {
  return echoes.reduce((masked, [echo, placeholder]) => {
    if (echo === '' || !masked.includes(echo)) return masked;
    const literal = echo.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return masked.replace(new RegExp(`(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`, 'g'), placeholder);
  }, text);
}
