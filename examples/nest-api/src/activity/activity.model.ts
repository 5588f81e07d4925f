import { ApiProperty } from '@nestjs/swagger';

/** An event of the organization's own audit trail. */
export class Activity {
  @ApiProperty({ example: '01KAQ3T8ZV5S8MHC0V9F2W1RNE' })
  readonly id!: string;

  @ApiProperty({ example: '2026-11-23T04:30:00.123Z' })
  readonly at!: Date;

  @ApiProperty({ description: 'The user or the client that did it', example: 'user_01TESTADA00000000000000000' })
  readonly by!: string;

  @ApiProperty({ example: 'project.delete' })
  readonly action!: string;

  @ApiProperty({ description: 'What it was done to', nullable: true, type: String, example: 'project_2' })
  readonly target!: string | null;

  @ApiProperty({ enum: ['allow', 'deny', 'error'] })
  readonly decision!: string;

  @ApiProperty({ description: 'Why not', nullable: true, type: String, example: 'not_found' })
  readonly reason!: string | null;

  @ApiProperty({ description: 'Method and route', nullable: true, type: String, example: 'GET /projects/:id' })
  readonly request!: string | null;

  @ApiProperty({ nullable: true, type: Number, example: 404 })
  readonly status!: number | null;
}
