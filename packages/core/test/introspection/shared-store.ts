import type { IntrospectionStore, JsonObject } from '@connect-auth/core';
import { credentialsOf, openVerifier, type Scene } from '../issuer/open-verifier.js';

/** A store that keeps time by the clock of the scene, as a good one would. */
export function createStore({ clock }: Pick<Scene, 'clock'>) {
  const kept = new Map<string, { response: JsonObject; until: number }>();
  const ttls: number[] = [];
  const store: IntrospectionStore = {
    get: async (key) => {
      const found = kept.get(key);
      return found !== undefined && clock.now() < found.until ? found.response : undefined;
    },
    set: async (key, response, ttlSeconds) => {
      ttls.push(ttlSeconds);
      kept.set(key, { response, until: clock.now() + ttlSeconds * 1000 });
    },
  };
  return { ...store, kept, ttls };
}

/** A verifier on that store, and what it says of the store. */
export const openStored = (scene: Scene, introspection: IntrospectionStore) => {
  const verifier = openVerifier(scene, { introspection: credentialsOf(scene.issuer), stores: { introspection } });
  const failures: unknown[] = [];
  verifier.on('store_failed', (event) => failures.push(event));
  return { verify: verifier.verify, failures };
};
