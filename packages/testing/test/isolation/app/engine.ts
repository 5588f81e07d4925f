/** What the application runs on, for tables of tests. */
export const engines = ['Express', 'Nest on Express', 'Nest on Fastify'] as const;

export type Engine = (typeof engines)[number];
