import { Injectable, type PipeTransform, UnprocessableEntityException } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { isRowId } from '../storage/is-row-id.js';

/** The project that a task is moved to. */
export class Destination {
  @ApiProperty({ example: 'project_2' })
  readonly projectId!: string;
}

@Injectable()
export class DestinationPipe implements PipeTransform<unknown, Destination> {
  transform(value: unknown): Destination {
    const { projectId } = (value ?? {}) as { projectId?: unknown };
    if (!isRowId(projectId)) throw new UnprocessableEntityException('projectId must be the id of a project');
    return { projectId };
  }
}
