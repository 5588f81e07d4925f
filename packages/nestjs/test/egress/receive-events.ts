import { get } from 'node:http';

/** All that a caller is told over a stream of events, until it is over. */
export const receiveEvents = (port: number, path: string, headers: Record<string, string>) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('close', () => resolve({ status: response.statusCode, text }));
    });
    request.on('error', reject);
  });
