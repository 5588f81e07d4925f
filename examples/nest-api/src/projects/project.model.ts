import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ApiProperty } from '@nestjs/swagger';

@ObjectType()
export class Project {
  @Field(() => ID)
  @ApiProperty({ example: 'project_1' })
  readonly id!: string;

  @Field(() => ID)
  @ApiProperty({ example: 'org_01TESTACME0000000000000000' })
  readonly orgId!: string;

  @Field()
  @ApiProperty({ example: 'Rocket skates' })
  readonly name!: string;
}
