import { ApiProperty } from '@nestjs/swagger';

export class Task {
  @ApiProperty({ example: 'task_1' })
  readonly id!: string;

  @ApiProperty({ example: 'org_01TESTACME0000000000000000' })
  readonly orgId!: string;

  @ApiProperty({ example: 'project_1' })
  readonly projectId!: string;

  @ApiProperty({ example: 'Mount the rockets' })
  readonly name!: string;

  @ApiProperty({
    description: 'The user who took it',
    nullable: true,
    type: String,
    example: 'user_01TESTADA00000000000000000',
  })
  readonly takenBy!: string | null;
}
