import { ArgsType, Field } from '@nestjs/graphql';
import { ApiProperty } from '@nestjs/swagger';

/** The input for a new object: the body of a request, or the arguments of a mutation. */
@ArgsType()
export class Named {
  @Field()
  @ApiProperty({ example: 'Earthquake pills' })
  readonly name!: string;
}
