import type { Connection, QueryResult } from 'pg';

type Answer = (error: Error | null, result: QueryResult) => void;

/**
 * Hands a query to pg. Where pg throws it is halfway through a message: the server would take what comes next for the rest
 * of it. It puts the messages of all connections together in one place, where the half would come before the next one's,
 * too.
 */
export async function submitQuery(connection: Connection, submit: (answer: Answer) => void): Promise<QueryResult> {
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
    // As in pg: the stack leads to whoever asked, and not to the socket.
    Error.captureStackTrace(error as Error);
    throw error;
  }
}
