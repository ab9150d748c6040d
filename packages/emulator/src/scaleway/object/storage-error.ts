/** A refusal of object storage, by the code that clients know it by. */
export class StorageError extends Error {
  readonly code: Code;
  constructor(code: Code) {
    super(ERRORS[code][1]);
    this.name = "StorageError";
    this.code = code;
  }
  get status(): number {
    return ERRORS[this.code][0];
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; the first ones are recorded. */
const ERRORS = {
  BucketNotEmpty: [409, "The bucket that you tried to delete is not empty."],
  NoSuchBucket: [404, "The specified bucket does not exist"],
  NoSuchTagSet: [404, "The TagSet does not exist"],
  NoSuchCORSConfiguration: [404, "The CORS configuration does not exist"],
  NoSuchLifecycleConfiguration: [404, "The lifecycle configuration does not exist"],
  ObjectLockConfigurationNotFoundError: [404, "Object Lock configuration does not exist for this bucket"],
  NoSuchWebsiteConfiguration: [404, "The specified bucket does not have a website configuration"],
  NoSuchBucketPolicy: [404, "The bucket policy does not exist"],
  NoSuchKey: [404, "The specified key does not exist."],
  NoSuchVersion: [404, "The specified version does not exist."],
  BucketAlreadyExists: [409, "The requested bucket name is not available."],
  BucketAlreadyOwnedByYou: [
    409,
    "Your previous request to create the named bucket succeeded and you already own it.",
  ],
  InvalidBucketName: [400, "The specified bucket is not valid."],
  MalformedXML: [400, "The XML you provided was not well-formed."],
  MalformedPolicy: [400, "Policies must be valid JSON"],
  TooManyBuckets: [400, "You have attempted to create more buckets than allowed."],
  SlowDown: [503, "Please reduce your request rate."],
  AccessDenied: [403, "Access Denied."],
  NotImplemented: [501, "The emulator does not implement this."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

type Code = keyof typeof ERRORS;
