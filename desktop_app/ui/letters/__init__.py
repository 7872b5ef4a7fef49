"""Letters to outside bodies and to the Civil Defence, as the request screen shows them."""
