import type { Connection, QueryResult } from 'pg';

type Callback = (error: Error | null, result: QueryResult) => void;

/**
 * Hands a query to pg. If pg throws, it has written half a message, and the server would read whatever follows as the other
 * half; so the connection is destroyed. pg also builds the messages of all connections in one shared buffer, which the
 * empty query flushes, lest the half is sent in front of another connection's message.
 */
export async function submitQuery(connection: Connection, submit: (callback: Callback) => void): Promise<QueryResult> {
  try {
    return await new Promise<QueryResult>((resolve, reject) => {
      try {
        submit((error, result) => (error ? reject(error) : resolve(result)));
      } catch (error) {
        connection.stream.destroy();
        (connection as unknown as { query(text: string): void }).query('');
        reject(error);
      }
    });
  } catch (error) {
    // As in pg: the stack leads to the caller instead of the socket.
    Error.captureStackTrace(error as Error);
    throw error;
  }
}
