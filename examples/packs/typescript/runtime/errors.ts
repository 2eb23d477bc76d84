/** What the server says about a request that it refused (RFC 9457). */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  instance?: string;
  [member: string]: unknown;
}

/** The server refused a request. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly status: number;
  readonly response: Response;
  /** What the server said, unless it said nothing that can be read. */
  readonly problem: Problem | undefined;

  constructor(response: Response, problem: Problem | undefined) {
    const text = [problem?.title, problem?.detail].filter((part) => typeof part === "string" && part !== "").join(": ");
    super(`${response.status} ${text === "" ? response.statusText : text}`.trimEnd());
    this.status = response.status;
    this.response = response;
    this.problem = problem;
  }
}

/** Returns the error of a response that is no success. */
export async function statusError(response: Response): Promise<StatusError> {
  let problem: unknown;
  try {
    problem = await response.json();
  } catch {
    problem = undefined; // no JSON, or nothing at all
  }
  const isObject = typeof problem === "object" && problem !== null && !Array.isArray(problem);
  return new StatusError(response, isObject ? (problem as Problem) : undefined);
}
