<?xml version="1.0" encoding="UTF-8"?>
<!--
  What the stock templates share: the page, the title block, texts with their brackets,
  the closing line. No template by itself, so it has no help and is not in the list. Its
  parameters are those of every template that imports "stock:parts.xsl".
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/1999/xhtml">

  <!-- What is printed, in this order. -->
  <xsl:param name="sections" select="'head'"/>
  <!-- The language of the labels, for hyphens, letters and page numbers; empty: the memo's. -->
  <xsl:param name="language" select="''"/>
  <!-- What stands between the sittings. -->
  <xsl:param name="between-sittings"><br/></xsl:param>

  <!-- Labels: the head. -->
  <xsl:param name="document-title" select="'Notes'"/>
  <xsl:param name="label-by" select="'by'"/>
  <xsl:param name="label-meeting" select="'Meeting'"/>
  <xsl:param name="label-host" select="'Host'"/>
  <xsl:param name="label-place" select="'Place'"/>
  <xsl:param name="label-dates" select="'Dates'"/>
  <xsl:param name="label-sides" select="'Sides'"/>
  <xsl:param name="label-sitting" select="'Sitting'"/>
  <xsl:param name="label-sittings" select="'Sittings'"/>
  <xsl:param name="label-participants" select="'Participants'"/>
  <xsl:param name="label-present" select="'present'"/>
  <xsl:param name="label-on-the-roster" select="'on the roster'"/>
  <xsl:param name="label-of-these" select="'of'"/>
  <xsl:param name="label-issues" select="'Issues'"/>
  <xsl:param name="label-in-all" select="'in all'"/>
  <xsl:param name="label-discussed" select="'discussed'"/>
  <xsl:param name="label-none-discussed" select="'none discussed'"/>
  <xsl:param name="label-outcome" select="'Outcome'"/>
  <xsl:param name="label-earlier-meeting" select="'Continues'"/>
  <xsl:param name="text-nothing" select="'Nothing has been recorded yet.'"/>
  <xsl:param name="text-private" select="'Private: not for distribution.'"/>

  <!-- Labels: outcomes. -->
  <xsl:param name="outcome-open" select="'Open'"/>
  <xsl:param name="outcome-agreed" select="'Agreed'"/>
  <xsl:param name="outcome-agreed-ad-referendum" select="'Agreed ad referendum'"/>
  <xsl:param name="outcome-bracketed" select="'Bracketed'"/>
  <xsl:param name="outcome-deferred" select="'Deferred'"/>
  <xsl:param name="outcome-no-agreement" select="'No agreement'"/>
  <xsl:param name="outcome-noted" select="'Noted'"/>
  <xsl:param name="outcome-withdrawn" select="'Withdrawn'"/>

  <!-- Labels: outcomes and stances within a line. -->
  <xsl:param name="words-open" select="'open'"/>
  <xsl:param name="words-agreed" select="'agreed'"/>
  <xsl:param name="words-agreed-ad-referendum" select="'agreed ad referendum'"/>
  <xsl:param name="words-bracketed" select="'bracketed'"/>
  <xsl:param name="words-deferred" select="'deferred'"/>
  <xsl:param name="words-no-agreement" select="'no agreement'"/>
  <xsl:param name="words-noted" select="'noted'"/>
  <xsl:param name="words-withdrawn" select="'withdrawn'"/>
  <xsl:param name="words-for" select="'in favour'"/>
  <xsl:param name="words-against" select="'against'"/>
  <xsl:param name="words-conditional" select="'on conditions'"/>

  <!-- Labels: the twelve months, as they stand in a date, with blanks between them, or
       nothing for the English ones; since when a sitting lasts; levels of temperature. -->
  <xsl:param name="words-months" select="''"/>
  <xsl:param name="words-from" select="'from'"/>
  <xsl:param name="words-level-1" select="'against'"/>
  <xsl:param name="words-level-2" select="'serious doubts'"/>
  <xsl:param name="words-level-3" select="'can live with it'"/>
  <xsl:param name="words-level-4" select="'in favour, with reservations'"/>
  <xsl:param name="words-level-5" select="'in full'"/>

  <xsl:param name="label-and" select="'and'"/>
  <!-- Labels: whose a text in brackets is, where it is not told; a side that wants none. -->
  <xsl:param name="text-one-side" select="'one side'"/>
  <xsl:param name="text-another-side" select="'another side'"/>
  <xsl:param name="text-no-words" select="'nothing'"/>
  <!-- Labels: what a recommendation rests on. -->
  <xsl:param name="label-caution" select="'Caution:'"/>
  <xsl:param name="text-not-final" select="'not finally agreed:'"/>
  <xsl:param name="title-recommendations" select="'Policy Recommendations'"/>
  <xsl:param name="text-chatham-house"
             select="'The meeting was held under the Chatham House Rule: neither the identity nor the affiliation of a speaker is revealed.'"/>
  <xsl:param name="text-attribution-side"
             select="'Statements are attributed to sides only, not to persons.'"/>
  <xsl:param name="text-attribution-none" select="'Statements are not attributed.'"/>

  <xsl:variable name="nbsp" select="'&#160;'"/>
  <xsl:variable name="dot" select="'&#160;· '"/>

  <!-- The page. A template that imports this has a "part" of its own, which knows the
       sections by their names. -->
  <xsl:template match="/notes">
    <xsl:variable name="lang">
      <xsl:value-of select="$language"/>
      <xsl:if test="not(string($language))"><xsl:value-of select="@lang"/></xsl:if>
    </xsl:variable>
    <html lang="{$lang}">
      <head>
        <title><xsl:value-of select="concat($document-title, ': ', memo/title)"/></title>
        <xsl:for-each select="memo/author">
          <meta name="author" content="{.}"/>
        </xsl:for-each>
        <meta name="subject" content="{memo/meeting/name}"/>
        <meta name="date" content="{@day}"/>
      </head>
      <body>
        <xsl:if test="@private">
          <p class="warning"><xsl:value-of select="$text-private"/></p>
        </xsl:if>
        <xsl:call-template name="each-part">
          <xsl:with-param name="names" select="normalize-space($sections)"/>
        </xsl:call-template>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="each-part">
    <xsl:param name="names"/>
    <xsl:variable name="rest" select="substring-after($names, ' ')"/>
    <xsl:call-template name="part">
      <xsl:with-param name="name" select="substring-before(concat($names, ' '), ' ')"/>
    </xsl:call-template>
    <xsl:if test="$rest">
      <xsl:call-template name="each-part">
        <xsl:with-param name="names" select="$rest"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="part">
    <xsl:param name="name"/>
    <xsl:if test="$name = 'head'"><xsl:call-template name="head"/></xsl:if>
  </xsl:template>

  <!-- The title block; `facts` are pairs of dt and dd that the template adds. -->
  <xsl:template name="head">
    <xsl:param name="facts"/>
    <div class="title">
      <p class="genre"><xsl:value-of select="$document-title"/></p>
      <h1><xsl:apply-templates select="memo/title/node()"/></h1>
      <xsl:if test="memo/genre or memo/author">
        <p class="subtitle">
          <xsl:value-of select="memo/genre"/>
          <xsl:for-each select="memo/author">
            <xsl:choose>
              <xsl:when test="position() > 1">; </xsl:when>
              <xsl:when test="../genre">
                <xsl:value-of select="concat(' ', $label-by, ' ')"/>
              </xsl:when>
            </xsl:choose>
            <xsl:value-of select="translate(., ' ', $nbsp)"/>
            <xsl:if test="@role">, <xsl:value-of select="@role"/></xsl:if>
          </xsl:for-each>
        </p>
      </xsl:if>
      <xsl:variable name="meeting">
        <xsl:apply-templates select="memo/meeting"/>
        <xsl:call-template name="sitting-facts"/>
      </xsl:variable>
      <xsl:if test="string($meeting) or string($facts)">
        <dl class="facts">
          <xsl:copy-of select="$meeting"/>
          <xsl:copy-of select="$facts"/>
        </dl>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template name="fact">
    <xsl:param name="label"/>
    <xsl:param name="text"/>
    <xsl:if test="string($text)">
      <dt><xsl:value-of select="$label"/></dt>
      <dd><xsl:value-of select="$text"/></dd>
    </xsl:if>
  </xsl:template>

  <xsl:template match="meeting">
    <xsl:call-template name="fact">
      <xsl:with-param name="label" select="$label-meeting"/>
      <xsl:with-param name="text" select="name"/>
    </xsl:call-template>
    <xsl:call-template name="fact">
      <xsl:with-param name="label" select="$label-host"/>
      <xsl:with-param name="text" select="host"/>
    </xsl:call-template>
    <xsl:call-template name="fact">
      <xsl:with-param name="label" select="$label-place"/>
      <xsl:with-param name="text" select="place"/>
    </xsl:call-template>
    <xsl:call-template name="dates-fact"/>
  </xsl:template>

  <xsl:template name="dates-fact">
    <xsl:call-template name="fact">
      <xsl:with-param name="label" select="$label-dates"/>
      <xsl:with-param name="text"><xsl:apply-templates select="@dates"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- When the meeting sat; of one sitting, that one alone. -->
  <xsl:template name="sitting-facts">
    <xsl:variable name="sat" select="sittings/sitting[not(/notes/@sitting) or @current]"/>
    <xsl:if test="carried-from">
      <dt><xsl:value-of select="$label-earlier-meeting"/></dt>
      <dd>
        <xsl:value-of select="carried-from"/>
      </dd>
    </xsl:if>
    <xsl:if test="$sat">
      <dt>
        <xsl:choose>
          <xsl:when test="count($sat) = 1">
            <xsl:value-of select="$label-sitting"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$label-sittings"/></xsl:otherwise>
        </xsl:choose>
      </dt>
      <dd>
        <xsl:for-each select="$sat">
          <xsl:if test="position() > 1"><xsl:copy-of select="$between-sittings"/></xsl:if>
          <xsl:apply-templates select="@when"/>
          <xsl:if test="@title"> (<xsl:value-of select="@title"/>)</xsl:if>
        </xsl:for-each>
      </dd>
    </xsl:if>
  </xsl:template>

  <!-- "12, of whom 10 present"; those of each side where the attribution allows. -->
  <xsl:template name="attendance-facts">
    <xsl:if test="attendance">
      <dt><xsl:value-of select="$label-participants"/></dt>
      <dd>
        <xsl:variable name="met" select="attendance/@present > 0"/>
        <xsl:choose>
          <xsl:when test="$met">
            <xsl:value-of select="concat(attendance/@present, ' ', $label-of-these, ' ',
                                         attendance/@total, ' ', $label-present)"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="concat(attendance/@total, ' ', $label-on-the-roster)"/>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:for-each select="attendance/side[@side-name]">
          <xsl:value-of select="substring(': , ', 1 + 2 * (position() > 1), 2)"/>
          <xsl:value-of select="concat(@side-name, $nbsp)"/>
          <xsl:choose>
            <xsl:when test="$met"><xsl:value-of select="@present"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="@total"/></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </dd>
    </xsl:if>
  </xsl:template>

  <xsl:template name="issue-facts">
    <xsl:if test="totals/@issues > 0">
      <dt><xsl:value-of select="$label-issues"/></dt>
      <dd>
        <xsl:value-of select="concat(totals/@issues, $nbsp, $label-in-all, ', ')"/>
        <xsl:choose>
          <xsl:when test="totals/@discussed = 0">
            <xsl:value-of select="$label-none-discussed"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="concat(totals/@discussed, $nbsp, $label-discussed)"/>
          </xsl:otherwise>
        </xsl:choose>
      </dd>
    </xsl:if>
    <xsl:call-template name="outcome-facts"/>
  </xsl:template>

  <!-- "2 agreed, 1 deferred". -->
  <xsl:template name="outcome-facts">
    <xsl:if test="totals/disposition[@code != 'open']">
      <dt><xsl:value-of select="$label-outcome"/></dt>
      <dd>
        <xsl:for-each select="totals/disposition[@code != 'open']">
          <xsl:if test="position() > 1">, </xsl:if>
          <xsl:value-of select="concat(@count, $nbsp)"/>
          <xsl:call-template name="words"/>
        </xsl:for-each>
      </dd>
    </xsl:if>
  </xsl:template>

  <xsl:template name="recommendations-title">
    <h2>
      <xsl:choose>
        <xsl:when test="title"><xsl:apply-templates select="title/node()"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$title-recommendations"/></xsl:otherwise>
      </xsl:choose>
    </h2>
  </xsl:template>

  <xsl:template name="outcome-words">
    <xsl:param name="code" select="@disposition"/>
    <xsl:choose>
      <xsl:when test="$code = 'open'"><xsl:value-of select="$outcome-open"/></xsl:when>
      <xsl:when test="$code = 'agreed'"><xsl:value-of select="$outcome-agreed"/></xsl:when>
      <xsl:when test="$code = 'agreed-ad-referendum'">
        <xsl:value-of select="$outcome-agreed-ad-referendum"/>
      </xsl:when>
      <xsl:when test="$code = 'bracketed'"><xsl:value-of select="$outcome-bracketed"/></xsl:when>
      <xsl:when test="$code = 'deferred'"><xsl:value-of select="$outcome-deferred"/></xsl:when>
      <xsl:when test="$code = 'no-agreement'">
        <xsl:value-of select="$outcome-no-agreement"/>
      </xsl:when>
      <xsl:when test="$code = 'noted'"><xsl:value-of select="$outcome-noted"/></xsl:when>
      <xsl:when test="$code = 'withdrawn'"><xsl:value-of select="$outcome-withdrawn"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- The same within a line; and what a position says. -->
  <xsl:template name="words">
    <xsl:param name="code" select="@code"/>
    <xsl:choose>
      <xsl:when test="$code = 'open'"><xsl:value-of select="$words-open"/></xsl:when>
      <xsl:when test="$code = 'agreed'"><xsl:value-of select="$words-agreed"/></xsl:when>
      <xsl:when test="$code = 'agreed-ad-referendum'">
        <xsl:value-of select="$words-agreed-ad-referendum"/>
      </xsl:when>
      <xsl:when test="$code = 'bracketed'"><xsl:value-of select="$words-bracketed"/></xsl:when>
      <xsl:when test="$code = 'deferred'"><xsl:value-of select="$words-deferred"/></xsl:when>
      <xsl:when test="$code = 'no-agreement'">
        <xsl:value-of select="$words-no-agreement"/>
      </xsl:when>
      <xsl:when test="$code = 'noted'"><xsl:value-of select="$words-noted"/></xsl:when>
      <xsl:when test="$code = 'withdrawn'"><xsl:value-of select="$words-withdrawn"/></xsl:when>
      <xsl:when test="$code = 'for'"><xsl:value-of select="$words-for"/></xsl:when>
      <xsl:when test="$code = 'against'"><xsl:value-of select="$words-against"/></xsl:when>
      <xsl:when test="$code = 'conditional'">
        <xsl:value-of select="$words-conditional"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- Dates, in the words of the template; one day does not break. -->
  <xsl:template match="@dates">
    <xsl:call-template name="months">
      <xsl:with-param name="text" select="."/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="@when">
    <xsl:variable name="from" select="', from '"/>
    <xsl:call-template name="months">
      <xsl:with-param name="text">
        <xsl:choose>
          <xsl:when test="contains(., $from)">
            <xsl:value-of select="concat(substring-before(., $from), ', ', $words-from, ' ',
                                         substring-after(., $from))"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="@day-words | @due-words">
    <xsl:call-template name="months">
      <xsl:with-param name="text" select="translate(., ' ', $nbsp)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A text with the names of months in it, which are English. -->
  <xsl:template name="months">
    <xsl:param name="text"/>
    <xsl:param name="english"
               select="'January February March April May June July August September October November December '"/>
    <xsl:param name="words" select="concat(normalize-space($words-months), ' ')"/>
    <xsl:variable name="month" select="substring-before($english, ' ')"/>
    <xsl:choose>
      <xsl:when test="not($month and substring-before($words, ' '))">
        <xsl:value-of select="$text"/>
      </xsl:when>
      <xsl:when test="contains($text, $month)">
        <xsl:call-template name="months">
          <xsl:with-param name="text" select="substring-before($text, $month)"/>
          <xsl:with-param name="english" select="substring-after($english, ' ')"/>
          <xsl:with-param name="words" select="substring-after($words, ' ')"/>
        </xsl:call-template>
        <xsl:value-of select="substring-before($words, ' ')"/>
        <xsl:call-template name="months">
          <xsl:with-param name="text" select="substring-after($text, $month)"/>
          <xsl:with-param name="english" select="$english"/>
          <xsl:with-param name="words" select="$words"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="months">
          <xsl:with-param name="text" select="$text"/>
          <xsl:with-param name="english" select="substring-after($english, ' ')"/>
          <xsl:with-param name="words" select="substring-after($words, ' ')"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- How warm a level of temperature is. -->
  <xsl:template match="level/@words | voice/@words">
    <xsl:choose>
      <xsl:when test="../@n = 1"><xsl:value-of select="$words-level-1"/></xsl:when>
      <xsl:when test="../@n = 2"><xsl:value-of select="$words-level-2"/></xsl:when>
      <xsl:when test="../@n = 3"><xsl:value-of select="$words-level-3"/></xsl:when>
      <xsl:when test="../@n = 4"><xsl:value-of select="$words-level-4"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$words-level-5"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What a recommendation rests on: "B(e) (agreed)". -->
  <xsl:template match="support">
    <xsl:if test="position() > 1">, </xsl:if>
    <a href="#{@ref}"><xsl:value-of select="@cite"/></a>
    <xsl:text> (</xsl:text>
    <xsl:call-template name="words">
      <xsl:with-param name="code" select="@disposition"/>
    </xsl:call-template>
    <xsl:text>)</xsl:text>
  </xsl:template>

  <!-- The paragraphs of the context in one, a line for each. -->
  <xsl:template name="lines">
    <xsl:for-each select="p">
      <xsl:if test="position() > 1"><br/></xsl:if>
      <xsl:apply-templates select="node()"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The same in a row. -->
  <xsl:template name="row-of-text">
    <xsl:for-each select="p">
      <xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
      <xsl:apply-templates select="node()"/>
    </xsl:for-each>
  </xsl:template>

  <!-- A full stop, where what was typed does not end a sentence. -->
  <xsl:template name="stop">
    <xsl:variable name="text" select="normalize-space(p[last()])"/>
    <xsl:if test="not(contains('.!?…”’»', substring($text, string-length($text))))">.</xsl:if>
  </xsl:template>

  <!-- The wording of an issue: its sub-questions are numbered. -->
  <xsl:template name="issue-text">
    <xsl:for-each select="p">
      <xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
      <xsl:if test="@n"><xsl:value-of select="concat('(', @n, ')', $nbsp)"/></xsl:if>
      <xsl:apply-templates select="node()"/>
    </xsl:for-each>
  </xsl:template>

  <!-- "Russian Federation, European Union and United States". -->
  <xsl:template name="addressees">
    <xsl:for-each select="addressee">
      <xsl:choose>
        <xsl:when test="position() = 1"/>
        <xsl:when test="position() = last()">
          <xsl:value-of select="concat(' ', $label-and, ' ')"/>
        </xsl:when>
        <xsl:otherwise>, </xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- Caution: not finally agreed: B(b), B(d). -->
  <xsl:template name="doubts">
    <strong class="label"><xsl:value-of select="$label-caution"/></strong>
    <xsl:value-of select="concat(' ', $text-not-final, ' ')"/>
    <xsl:for-each select="support[@doubt = 'yes']">
      <xsl:if test="position() > 1">, </xsl:if>
      <xsl:value-of select="@cite"/>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
  </xsl:template>

  <!-- The closing line, and what is said of attribution. -->
  <xsl:template name="closing">
    <xsl:param name="text"/>
    <xsl:param name="last"/>
    <hr/>
    <p class="closing">
      <xsl:value-of select="$text"/>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="@day-words"/>
      <xsl:value-of select="concat(', ', @time, '.')"/>
      <xsl:call-template name="attribution"/>
      <xsl:if test="$last">
        <br/>
        <strong><xsl:value-of select="$last"/></strong>
      </xsl:if>
    </p>
  </xsl:template>

  <xsl:template name="attribution">
    <xsl:choose>
      <xsl:when test="@rule = 'chatham-house' and @attribution = 'none'">
        <xsl:value-of select="concat(' ', $text-chatham-house)"/>
      </xsl:when>
      <xsl:when test="@attribution = 'side'">
        <xsl:value-of select="concat(' ', $text-attribution-side)"/>
      </xsl:when>
      <xsl:when test="@attribution = 'none'">
        <xsl:value-of select="concat(' ', $text-attribution-none)"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="em"><em><xsl:value-of select="."/></em></xsl:template>

  <xsl:template match="bracket">
    <span class="bracket"><xsl:apply-templates select="node()"/></span>
  </xsl:template>
  <!-- An alternative: where its owners are not told, one side's or another's. -->
  <xsl:template match="alternative">
    <span class="alternative">
      <xsl:if test="not(owner)">
        <span class="owner">
          <xsl:choose>
            <xsl:when test="@n = 1"><xsl:value-of select="$text-one-side"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$text-another-side"/></xsl:otherwise>
          </xsl:choose>
          <xsl:text>: </xsl:text>
        </span>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="@empty">
          <xsl:apply-templates select="owner"/>
          <xsl:value-of select="concat('(', $text-no-words, ')')"/>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="node()"/></xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>
  <xsl:template match="owner">
    <span class="owner"><xsl:value-of select="."/></span>
  </xsl:template>
  <xsl:template match="mark">
    <span class="mark"><xsl:value-of select="."/></span>
  </xsl:template>
  <!-- A bracket that does not close, as it was typed. -->
  <xsl:template match="broken"><span class="broken"><xsl:value-of select="."/></span></xsl:template>
</xsl:stylesheet>
