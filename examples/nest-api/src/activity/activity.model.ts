import { ApiProperty } from '@nestjs/swagger';

export class Activity {
  @ApiProperty({ example: 'org_01TESTACME0000000000000000' })
  readonly orgId!: string;

  @ApiProperty({ example: 'deleted project_2' })
  readonly what!: string;

  @ApiProperty({ description: 'The user or the client that did it', example: 'user_01TESTADA00000000000000000' })
  readonly by!: string;
}
