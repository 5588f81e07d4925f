export interface Message {
  readonly event: string;
  readonly data: unknown;
}

/** What a client heard and nobody has looked at yet, in its order. */
export function openInbox() {
  const arrived: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  return {
    arrived: arrived as readonly Message[],
    put(message: Message): void {
      const give = waiting.shift();
      if (give === undefined) arrived.push(message);
      else give(message);
    },
    next(): Promise<Message> {
      const message = arrived.shift();
      return message === undefined ? new Promise((give) => waiting.push(give)) : Promise.resolve(message);
    },
  };
}
